// Reads claims page by page with the types that openapi-typescript wrote.
//   node read_claims.js SITE EVENT  ->  code, low and high of every claim, as JSON
import type { operations } from "./api.js";

type Listing = operations["claims_list"];
type Query = NonNullable<Listing["parameters"]["query"]>;
type Page = Listing["responses"][200]["content"]["application/json"];
type Figure = [code: string, low: number | null, high: number | null];

declare const process: { argv: string[] };
const [site, event] = process.argv.slice(2);

const query: Query = { event: [event], limit: 2, ordering: "-published_at" };
const words = Object.entries(query).map(([name, value]) => [name, String(value)]);
const found: Figure[] = [];
let next: string | null = `${site}/api/v1/claims/?${new URLSearchParams(words)}`;
while (next) {
  const page: Page = await (await fetch(next)).json();
  for (const { code, quantity } of page.results) {
    if (quantity) found.push([code, quantity.low, quantity.high]);
  }
  next = page.next;
}
console.log(JSON.stringify(found));
