/** The only address that the program itself sends a request to. */
const login = /^https:\/\/[\w-]+\.azurecr\.io\/oauth2\/exchange$/;

globalThis.fetch = async (url) => {
  if (!login.test(String(url))) throw new Error(`${url} is not there`);
  return Response.json({ refresh_token: "password" });
};
