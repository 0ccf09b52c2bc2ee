// Tests the structured data of a page as Google and schema.org want it.
//   node structured_data.js ADDRESS SCHEMA  ->  what failed, what passed, which schemas, as JSON
import tool from "structured-data-testing-tool";
import presets from "structured-data-testing-tool/presets.js";

const [address, schema] = process.argv.slice(2);
const options = { presets: [presets.Google], schemas: [`jsonld:${schema}`] };
const { failed, warnings, passed, schemas } = await tool
  .structuredDataTest(address, options)
  .catch((refusal) => refusal.res);
const told = (results) => results.map(({ description, test }) => description ?? test);
console.log(
  JSON.stringify({ failed: told([...failed, ...warnings]), passed: told(passed), schemas }),
);
