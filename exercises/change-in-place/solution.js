function applySettings(settings, changes) {
  for (const name of Object.keys(changes)) {
    settings[name] = changes[name];
  }
  return settings;
}

module.exports = applySettings;
