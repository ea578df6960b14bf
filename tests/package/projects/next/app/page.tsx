// What says that the server is up.
export default function Page() {
  return <p>ready</p>;
}
