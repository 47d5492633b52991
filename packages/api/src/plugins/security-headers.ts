import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";
import helmet from "helmet";

/** For answers that are data: a browser must show nothing of them, in no frame, and load nothing for them. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginResourcePolicy: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  // The policy above says the same to every current browser.
  xFrameOptions: false,
  xXssProtection: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xPoweredBy: false,
});

const STRICT_TRANSPORT = "strict-transport-security";

/** Tells browsers what they must not do with answers. A page that needs more sets a policy of its own. */
export const securityHeadersPlugin = fastifyPlugin(
  async (app) => {
    // The headers are the same for every answer, so helmet is asked once.
    const { [STRICT_TRANSPORT]: strictTransport, ...always } = await headersOfHelmet();
    const headers = Object.entries(always);
    /** Tells browsers what they must not do with the answer. */
    app.addHook("onRequest", function setSecurityHeaders(request, reply, done) {
      for (const [name, value] of headers) reply.header(name, value);
      // Only for TLS (RFC 6797, section 7.2), which ends at the load balancer.
      if (request.protocol === "https") reply.header(STRICT_TRANSPORT, strictTransport);
      done();
    });
  },
  { name: "security-headers" },
);

function headersOfHelmet(): Promise<{ [name: string]: string }> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  return new Promise((resolve, reject) => {
    protect(request, response, (error) => {
      if (error) return reject(error);
      resolve(
        Object.fromEntries(response.getHeaderNames().map((name) => [name, String(response.getHeader(name))])),
      );
    });
  });
}
