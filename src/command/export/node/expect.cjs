// `expect`, as vitest and Jest have it.
const vitest = require('@vitest/expect');
const { chai, getState, setState } = vitest;

for (const plugin of [vitest.JestExtend, vitest.JestChaiExpect, vitest.JestAsymmetricMatchers]) chai.use(plugin);
made.expect = (value, message) => {
  setState({ assertionCalls: getState(made.expect).assertionCalls + 1 }, made.expect);
  return chai.expect(value, message);
};
Object.assign(made.expect, chai.expect, globalThis[vitest.ASYMMETRIC_MATCHERS_OBJECT]);
made.expect.extend = (matchers) => chai.expect.extend(made.expect, matchers);
globalThis[vitest.GLOBAL_EXPECT] = made.expect;
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, made.expect);
