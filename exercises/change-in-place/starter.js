function applySettings(settings, changes) {
  throw new Error('TODO');
}

module.exports = applySettings;
