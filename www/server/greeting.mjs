// What `GET /` says to who asks for no HTML.

/** Plain text: what this is, and what to try; `place` is the server's address and port. */
export const greeting = (place) => `\
kaireon-outcomes: the platform's outcome-type endpoints, decided by the npm package. A browser gets a page here.

curl ${place}/api/v1/outcome-types
curl -X POST ${place}/api/v1/outcome-types -d '{"key":"quote_requested","name":"Quote Requested","classification":"positive","category":"response"}'
curl -X PUT ${place}/api/v1/outcome-types/quote_requested -d '{"description":"Customer requested a price quote"}'
curl -X POST ${place}/api/v1/respond -H 'Idempotency-Key: k2' -d '{"customerId":"CUST001","recommendationId":"rec_1","rank":1,"outcome":"quote_requested"}'
curl -X POST ${place}/api/v1/respond/bulk -d '{"outcomes":[{"customerId":"CUST001","offerId":"offer_1","outcome":"click"}]}'
curl '${place}/api/v1/interaction-history?customerId=CUST001'
curl -X DELETE ${place}/api/v1/outcome-types/quote_requested
`;
