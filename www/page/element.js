// Elements of the page, made without any text ever being read as HTML.

/**
 * An element. Members beginning with `on` are listeners, `true` and `false` set or leave out an attribute, and
 * everything else is an attribute's text. Children are nodes or text; what is `undefined`, `null` or `false` is left out.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** The heading of a view: it takes the focus when one comes to the view. */
export function heading(...children) {
  return element("h1", { tabindex: "-1" }, ...children);
}

/** The head of a view: its title, a sentence about it, and what one can do there. */
export function head(title, lead, ...actions) {
  return element(
    "div",
    { class: "head" },
    element("div", {}, heading(title), element("p", { class: "lead" }, lead)),
    ...actions,
  );
}

/** A message of the package as nodes: what stands in backticks is code. */
export function prose(message) {
  return message.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
}
