// A program made of several examples puts what declares a name again into a scope of its own, a block or an arrow
// function (src/verify/program.rs). What stands in it counts as the program's own body.

const NAME = "__galleyScope";

/** The body of such a scope, if the statement is one. @param {any} statement @returns {any} */
function scopeBody(statement) {
  if (statement.type === "LabeledStatement") return statement.label.name.startsWith(NAME) ? statement.body : null;
  if (statement.type !== "ExpressionStatement") return null;
  const call = statement.expression.type === "AwaitExpression" ? statement.expression.argument : statement.expression;
  const callee = call.type === "CallExpression" ? call.callee : null;
  return callee?.type === "ArrowFunctionExpression" && callee.params[0]?.name === NAME ? callee.body : null;
}

/**
 * These scopes, outer before inner: each is the last statement of the one around it.
 * @param {import("acorn").Program} tree
 * @returns {{ statement: any, body: any }[]}
 */
export function scopesOf(tree) {
  const scopes = [];
  for (let statement = tree.body.at(-1); statement; ) {
    const body = scopeBody(statement);
    if (!body) break;
    scopes.push({ statement, body });
    statement = body.body.at(-1);
  }
  return scopes;
}
