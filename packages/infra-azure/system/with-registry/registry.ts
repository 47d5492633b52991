/** The only address that the program itself sends a request to. */
const login = /^https:\/\/[a-z0-9]{5,50}\.azurecr\.io\/oauth2\/exchange$/;

globalThis.fetch = async (url) => {
  if (!login.test(String(url))) throw new Error(`${url} is not there`);
  return Response.json({ refresh_token: "password" });
};
