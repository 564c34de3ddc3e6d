// Intl.supportedValuesOf, as Node 24 answers.

/** @import { IntlKit } from "./index.js" */

import { UNITS } from "./units.js";

const CALENDARS =
  "buddhist chinese coptic dangi ethioaa ethiopic gregory hebrew indian islamic islamic-civil islamic-rgsa islamic-tbla islamic-umalqura iso8601 japanese persian roc";
const COLLATIONS = "compat dict emoji eor phonebk phonetic pinyin searchjl stroke trad unihan zhuyin";
const CURRENCIES =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF " +
  "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW " +
  "KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG " +
  "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND " +
  "VUV WST XAF XCD XCG XDR XOF XPF XSU YER ZAR ZMW ZWG ZWL";


/** @param {IntlKit} kit */
export function supportedValuesOf(kit) {
  /** @type {Record<string, () => string[]>} */
  const values = {
    calendar: () => CALENDARS.split(" "),
    collation: () => COLLATIONS.split(" "),
    currency: () => CURRENCIES.split(" "),
    numberingSystem: () => Object.keys(kit.locales.about().digits).sort(),
    timeZone: () => kit.locales.about().timeZones,
    unit: () => UNITS,
  };
  const named = {
    /** @param {unknown} given */
    supportedValuesOf(given) {
      const key = String(given);
      if (!Object.hasOwn(values, key)) throw new RangeError(`Invalid key : ${key}`);
      return [...values[key]()];
    },
  };
  return named.supportedValuesOf;
}
