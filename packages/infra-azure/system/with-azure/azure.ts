/**
 * Sends what the program asks of Azure itself to the stand-in for Azure's API, which also stands in for a registry. Its
 * address is the token that the stand-in provider gives.
 */
const { fetch } = globalThis;

globalThis.fetch = (url, init) => {
  const bearer = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "");
  const token = bearer ?? new URLSearchParams(String(init?.body)).get("access_token");
  return fetch(`${token}/${encodeURIComponent(String(url))}`);
};
