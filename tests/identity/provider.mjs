// Two providers written by others (oidc-provider), one as ID-porten and one as HelseID are set up, in
// one process. Nobody is asked anything: whoever `/who` says last is at the door, at the level it
// says. Settings come as JSON in the first argument; the two issuers are told on the first line.
import { createServer } from "node:http";
import { once } from "node:events";
import Provider, { interactionPolicy } from "oidc-provider";

const said = JSON.parse(process.argv[2]);
const who = { sub: "nobody", acr: "idporten-loa-high", claims: {} };
const CLAIM = "helseid://claims";
const NAMES = ["pid", `${CLAIM}/identity/pid`, `${CLAIM}/identity/security_level`,
  `${CLAIM}/hpr/hpr_number`, `${CLAIM}/client/claims/orgnr_parent`];

function configuration(one) {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  return {
    clients: [{
      client_id: one.client,
      redirect_uris: [one.back],
      post_logout_redirect_uris: [one.left],
      backchannel_logout_uri: one.over,
      backchannel_logout_session_required: true,
      token_endpoint_auth_method: "private_key_jwt",
      id_token_signed_response_alg: one.algorithm,
      dpop_bound_access_tokens: one.dpop,
      jwks: one.jwks,
      scope: "openid profile",
    }],
    acrValues: ["idporten-loa-high", "idporten-loa-substantial", "Level4", "Level3"],
    claims: { openid: ["sub", ...one.in_token], profile: NAMES, acr: null, auth_time: null },
    conformIdTokenClaims: true,
    clockTolerance: 5,
    cookies: { keys: ["only-for-tests"] },
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => one.dpop },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          // Answers yes by itself; its own page may run its own script.
          const yes = form.replace("</form>", '<input type="hidden" name="logout" value="yes"/></form>');
          ctx.body = `<!DOCTYPE html>${yes}<script>document.forms[0].submit()</script>`;
        },
      },
    },
    // What it calls by itself is on this machine, which it would refuse anywhere else.
    fetch: (url, { dispatcher: _dispatcher, ...options }) => globalThis.fetch(url, options),
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...who.claims }) }),
    interactions: { policy, url: (_ctx, interaction) => `/at-the-door/${interaction.uid}` },
    jwks: { keys: one.keys },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        accountId: ctx.oidc.session.accountId, clientId: ctx.oidc.client.clientId,
      });
      grant.addOIDCScope("openid profile");
      grant.addOIDCClaims(NAMES);
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 30, IdToken: 120, Session: 600, Grant: 600, Interaction: 60 },
  };
}

async function start(one) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(one));
  provider.on("server_error", (_ctx, error) => console.error(error));
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (request.url === "/who") {
      let body = "";
      for await (const part of request) body += part;
      Object.assign(who, JSON.parse(body));
      response.end("{}");
    } else if (request.url.startsWith("/at-the-door/")) {
      await provider.interactionFinished(request, response, who.refuses
        ? { error: "access_denied" }
        : { login: { accountId: who.sub, acr: who.acr, amr: ["BankID"], remember: true } });
    } else {
      answer(request, response);
    }
  });
  return issuer;
}

console.log(JSON.stringify(await Promise.all(said.providers.map(start))));
