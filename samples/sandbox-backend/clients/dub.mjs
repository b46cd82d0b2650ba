// Runs Dub's own client and its plugin for Better Auth against a sandbox. Ends with 1 if an answer is not the documented one.
// node dub.mjs [http://localhost:9090]
import http from "node:http";
import { Dub } from "dub";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { dubAnalytics } from "@dub/better-auth";

const sandbox = process.argv[2] ?? "http://localhost:9090";
const dub = client("dub_sandbox");
const run = Date.now().toString(36);
let failures = 0;

function client(token) {
  return new Dub({ token, serverURL: `${sandbox}/dub` });
}

async function click(partner) {
  const response = await fetch(`${sandbox}/d/${partner}`, { redirect: "manual" });
  return new URL(response.headers.get("location")).searchParams.get("dub_id");
}

/** Compares the status of a call, and of a success the answer, with what the contract says. */
async function expect(what, status, call, holds = () => true) {
  let seen;
  try {
    const answer = await call();
    seen = holds(answer) ? 200 : JSON.stringify(answer);
  } catch (failure) {
    seen = failure.statusCode ?? failure.message;
  }
  failures += seen === status ? 0 : 1;
  console.log(seen === status ? "ok  " : "FAIL", what, seen === status ? "" : `expected ${status}, got ${seen}`);
}

const id = await click("nora");
const lead = (customer, more) =>
  dub.track.lead({ clickId: id, eventName: "Sign Up", customerExternalId: `${customer}-${run}`, ...more });
const sale = (customer, invoice, more) =>
  dub.track.sale({ customerExternalId: `${customer}-${run}`, amount: 2900, currency: "eur", invoiceId: `${invoice}-${run}`, ...more });

await expect("a lead with every field", 200, () => lead("mia", {
  customerName: "Mia", customerEmail: "mia@example.org", customerAvatar: null, eventQuantity: null, metadata: { plan: "pro" },
}), (answer) => answer.link.partnerId === "pn_nora");
await expect("the same lead again", 200, () => lead("mia"), (answer) => answer.link === null);
await expect("a lead of an unknown click", 404, () => lead("kim", { clickId: "unknown" }));
await expect("a lead with a broken address", 422, () => lead("kim", { customerEmail: "no" }));
await expect("a deferred lead", 200, () => lead("lea", { mode: "deferred" }), (answer) => answer.link !== null);
await expect("a sale after a deferred lead", 404, () => sale("lea", "deferred"));
await expect("the deferred lead, confirmed", 200, () => lead("lea", { clickId: "", mode: "wait" }), (answer) => answer.link !== null);
await expect("a sale after it", 200, () => sale("lea", "confirmed"), (answer) => answer.sale.amount === 2900);
await expect("a lead that a sale follows at once", 200, () => lead("zoe", { mode: "wait", eventQuantity: 2 }));
for (const paymentProcessor of ["stripe", "shopify", "polar", "paddle", "apple", "revenuecat", "lemonsqueezy", "dub", "custom"]) {
  await expect(`a sale by ${paymentProcessor}`, 200, () => sale("zoe", paymentProcessor, { paymentProcessor, metadata: { plan: "pro" } }),
    (answer) => answer.sale.paymentProcessor === paymentProcessor && answer.sale.metadata.plan === "pro");
}
await expect("the same invoice again", 200, () => sale("zoe", "stripe", { amount: 1 }), (answer) => answer.sale.amount === 2900);
await expect("a sale that names another lead", 404, () => sale("zoe", "named", { leadEventName: "Other" }));
await expect("a sale of an unknown customer", 200, () => sale("nobody", "unknown"), (answer) => answer.sale === null);
await expect("a sale without a lead, by a click", 200, () => sale("eva", "direct", { clickId: id }), (answer) => answer.sale !== null);
await expect("nothing paid", 200, () => sale("zoe", "free", { amount: 0 }), (answer) => answer.sale === null);
await expect("nothing paid, by an unknown click", 404, () => sale("zoe", "free", { amount: 0, clickId: "unknown" }));
await expect("a wrong key", 401, () => client("wrong").track.lead({ clickId: id, eventName: "Sign Up", customerExternalId: "x" }));
await expect("a plan without conversions", 403, () => client("dub_free").track.lead({ clickId: id, eventName: "Sign Up", customerExternalId: "x" }));

const plugged = betterAuth({
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  secret: "0123456789abcdef0123456789abcdef",
  baseURL: "http://localhost",
  emailAndPassword: { enabled: true },
  plugins: [dubAnalytics({ dubClient: dub })],
});
const server = http.createServer(toNodeHandler(plugged)).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const before = (await (await fetch(`${sandbox}/sandbox/calls`)).json()).length;
const signUp = await fetch(`http://127.0.0.1:${server.address().port}/api/auth/sign-up/email`, {
  method: "POST",
  headers: { "content-type": "application/json", origin: "http://localhost", cookie: `dub_id=${await click("leo")}` },
  body: JSON.stringify({ name: "Kim", email: `kim-${run}@example.org`, password: "correct horse" }),
});
const cleared = signUp.headers.getSetCookie().filter((cookie) => cookie.startsWith("dub_id="));
const calls = (await (await fetch(`${sandbox}/sandbox/calls`)).json()).slice(before);
await expect("the plugin clears dub_id without Path and Domain", 200, () => cleared,
  ([cookie]) => /Max-Age=0/.test(cookie) && !/Path|Domain/i.test(cookie));
await expect("its lead is recorded", 200, () => calls,
  (seen) => seen.some((call) => call.path === "/dub/track/lead" && call.verdict === "recorded" && call.partner === "leo"));
server.close();
console.log(failures === 0 ? "all as documented" : `${failures} not as documented`);
process.exit(failures === 0 ? 0 : 1);
