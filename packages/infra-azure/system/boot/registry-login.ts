/** The part of Azure Container Registry that a registry of Docker has not: a token of Azure's becomes one of its own. */
import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { behindPassword } from "@sorted/testbed";

/** The user of those who come with a token. */
const tokenUser = "00000000-0000-0000-0000-000000000000";

/**
 * Changes the one access token that is known for a password, and lets in who has that.
 *
 * @see https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 */
export function azureLogin(registry: string, accessToken: string, inside: RequestListener): RequestListener {
  const refreshToken = crypto.randomUUID();
  const credentials = Buffer.from(`${tokenUser}:${refreshToken}`).toString("base64");
  const guarded = behindPassword(credentials, inside);
  return async (request, response) => {
    if (request.method !== "POST" || request.url !== "/oauth2/exchange") return guarded(request, response);
    const form = new URLSearchParams(await text(request));
    const isRight =
      form.get("grant_type") === "access_token" &&
      form.get("service") === registry &&
      form.get("access_token") === accessToken;
    response.writeHead(isRight ? 200 : 401);
    response.end(isRight ? JSON.stringify({ refresh_token: refreshToken }) : undefined);
  };
}
