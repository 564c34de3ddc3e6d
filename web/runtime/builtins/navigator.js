// Chunk "navigator": the global of that name, of a machine that is the same everywhere.

export default function navigatorModule() {
  class Navigator {
    get hardwareConcurrency() {
      return 1;
    }
    get language() {
      return "en-US";
    }
    get languages() {
      return Object.freeze(["en-US"]);
    }
    get userAgent() {
      return "Node.js/24";
    }
    get platform() {
      return "linux";
    }
  }
  return { navigator: new Navigator() };
}
