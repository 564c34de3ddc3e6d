// You return an object with the right values, but it is a new one. Whoever holds the old settings sees no change.
function applySettings(settings, changes) {
  settings = { ...settings, ...changes };
  return settings;
}

module.exports = applySettings;
