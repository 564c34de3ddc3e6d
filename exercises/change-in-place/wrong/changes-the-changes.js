// You copy in the wrong direction: the settings go into the changes, and the settings stay as they were.
function applySettings(settings, changes) {
  return Object.assign(changes, settings);
}

module.exports = applySettings;
