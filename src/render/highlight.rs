//! Colours for code: a source text becomes runs of few classes of our own, which the style sheet gives a colour in
//! each of mdBook's themes. The only file that names syntect and two-face.
//!
//! It makes no HTML; `code` does, because claims and hidden lines cut through the runs.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use two_face::re_exports::syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// What a piece of code is, as far as colours tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Keyword,
    Text,
    Number,
    Comment,
    Function,
    Type,
    Property,
    Operator,
    /// `true`, `null`, `this`.
    Language,
    Regexp,
    Punctuation,
    Builtin,
    /// `${` and `}` in a template.
    Template,
}

impl Class {
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Keyword => "g-k",
            Class::Text => "g-s",
            Class::Number => "g-n",
            Class::Comment => "g-c",
            Class::Function => "g-f",
            Class::Type => "g-t",
            Class::Property => "g-p",
            Class::Operator => "g-o",
            Class::Language => "g-v",
            Class::Regexp => "g-r",
            Class::Punctuation => "g-d",
            Class::Builtin => "g-b",
            Class::Template => "g-m",
        }
    }
}

/// Runs in the order of the text, none empty, none overlapping; what is between them has no class.
pub type Runs = Arc<[(Range<usize>, Class)]>;

/// So many texts are known at a time.
const MOST_KNOWN: usize = 20_000;

/// `language` is a name or a file extension; code of one that is not known has no runs. What was coloured once is
/// known from then on, for a book that is built again and again has the same code in it, but for a few lines.
pub fn highlight(code: &str, language: &str) -> Runs {
    static KNOWN: Mutex<BTreeMap<(String, String), Runs>> = Mutex::new(BTreeMap::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (language.to_owned(), code.to_owned());
    if let Some(runs) = known().get(&key) {
        return Arc::clone(runs);
    }
    let runs: Runs = coloured(code, language).into();
    let mut known = known();
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(key, Arc::clone(&runs));
    runs
}

fn coloured(code: &str, language: &str) -> Vec<(Range<usize>, Class)> {
    let Some((grammars, syntax)) = grammar(language) else {
        return Vec::new();
    };
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut runs: Vec<(Range<usize>, Class)> = Vec::new();
    let mut line_start = 0;
    for line in code.split_inclusive('\n') {
        // A grammar that trips over a line leaves it plain: colours are no reason to fail.
        let Ok(changes) = state.parse_line(line, grammars) else {
            line_start += line.len();
            continue;
        };
        let mut done = 0;
        for (at, change) in changes {
            push(&mut runs, line_start + done..line_start + at, code, &scopes);
            done = at;
            if scopes.apply(&change).is_err() {
                scopes = ScopeStack::new();
            }
        }
        push(&mut runs, line_start + done..line_start + line.len(), code, &scopes);
        line_start += line.len();
    }
    runs
}

/// Adds a run, joined with the one before it if there is nothing between the two.
fn push(runs: &mut Vec<(Range<usize>, Class)>, range: Range<usize>, code: &str, scopes: &ScopeStack) {
    let text = &code[range.clone()];
    let inner = text.trim();
    if inner.is_empty() {
        return;
    }
    let Some(class) = class(scopes) else {
        return;
    };
    let start = range.start + (text.len() - text.trim_start().len());
    let end = start + inner.len();
    match runs.last_mut() {
        // Blanks have no colour, so a run may reach over them; not over a line's end, which would be a longer span
        // for nothing.
        Some((last, known))
            if *known == class && code[last.end..start].chars().all(|char| char == ' ' || char == '\t') =>
        {
            last.end = end;
        }
        _ => runs.push((start..end, class)),
    }
}

/// The deepest scope that has a rule decides, but all of a regular expression is one.
fn class(scopes: &ScopeStack) -> Option<Class> {
    let Rules { regexp, rules } = rules();
    if scopes.as_slice().iter().any(|scope| regexp.is_prefix_of(*scope)) {
        return Some(Class::Regexp);
    }
    scopes
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| rules.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)))
        .and_then(|&(_, class)| class)
}

struct Rules {
    regexp: Scope,
    rules: Vec<(Scope, Option<Class>)>,
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    let scope = |text: &str| Scope::from_str(text).expect("a scope of at most eight atoms");
    RULES.get_or_init(|| Rules {
        regexp: scope("string.regexp"),
        rules: RULE_TEXTS.iter().map(|&(text, class)| (scope(text), class)).collect(),
    })
}

/// For one scope the first match wins, so the particular stands before the general. `invalid` has no rule: code that
/// was run is valid, so what a grammar takes for a mistake is the grammar's own.
const RULE_TEXTS: &[(&str, Option<Class>)] = &[
    ("comment", Some(Class::Comment)),
    ("punctuation.definition.comment", Some(Class::Comment)),
    ("string", Some(Class::Text)),
    ("punctuation.definition.string", Some(Class::Text)),
    ("constant.character", Some(Class::Text)),
    ("punctuation.definition.template-expression", Some(Class::Template)),
    // Code in a template is code again.
    ("meta.template.expression", None),
    ("constant.numeric", Some(Class::Number)),
    ("storage.type.numeric", Some(Class::Number)),
    ("constant.language", Some(Class::Language)),
    ("variable.language", Some(Class::Language)),
    // Operators that are words: `typeof`, `instanceof`, `of`, `new`.
    ("keyword.operator.expression", Some(Class::Keyword)),
    ("keyword.operator.new", Some(Class::Keyword)),
    ("keyword.operator", Some(Class::Operator)),
    ("storage.type.function.arrow", Some(Class::Operator)),
    ("keyword", Some(Class::Keyword)),
    ("storage", Some(Class::Keyword)),
    ("entity.name.function", Some(Class::Function)),
    ("variable.function", Some(Class::Function)),
    ("entity.name.type", Some(Class::Type)),
    ("entity.other.inherited-class", Some(Class::Type)),
    // Names that the browser's objects happen to have too.
    ("support.variable.property", Some(Class::Property)),
    ("support.function", Some(Class::Function)),
    ("support", Some(Class::Builtin)),
    ("meta.object-literal.key", Some(Class::Property)),
    ("variable.other.property", Some(Class::Property)),
    ("variable.object.property", Some(Class::Property)),
    ("punctuation", Some(Class::Punctuation)),
    ("meta.brace", Some(Class::Punctuation)),
];

/// Loaded when the first code is met: a build that shows none pays nothing.
fn grammar(language: &str) -> Option<(&'static SyntaxSet, &'static SyntaxReference)> {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    if language.is_empty() {
        return None;
    }
    let grammars = GRAMMARS.get_or_init(two_face::syntax::extra_newlines);
    // The grammar of TypeScript knows the JavaScript of today (`1_000n`, `?.`, `#x`, static blocks), the two of
    // JavaScript do not.
    let token = match language {
        "js" | "javascript" | "mjs" | "cjs" | "node" => "ts",
        other => other,
    };
    grammars.find_syntax_by_token(token).map(|syntax| (grammars, syntax))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> String {
        highlight(code, "js")
            .iter()
            .map(|(range, class)| format!("{}:{}", &class.as_str()[2..], &code[range.clone()]))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn words_have_the_class_of_what_they_are() {
        assert_eq!(
            shown("const name = { genre: 'Rock' }; // => 1"),
            "k:const o:= d:{ p:genre d:: s:'Rock' d:}; c:// => 1"
        );
        assert_eq!(
            shown("class A extends B { get y() { return this.#x + null; } }"),
            "k:class t:A k:extends t:B d:{ k:get f:y d:() { k:return v:this d:. p:#x o:+ v:null d:; } }"
        );
        assert_eq!(
            shown("import a from './b.js'; console.log(typeof a?.x, new Map());"),
            "k:import k:from s:'./b.js' d:; b:console d:. f:log d:( k:typeof d:?. p:x d:, k:new b:Map d:());"
        );
        assert_eq!(shown("f(1_000n) ?? await g;"), "f:f d:( n:1_000n d:) o:?? k:await d:;");
        assert_eq!(
            shown("module.exports.toSeconds = (m) => m * 60;"),
            "b:module d:. b:exports d:. f:toSeconds o:= d:( d:) o:=> o:* n:60 d:;"
        );
    }

    #[test]
    fn templates_hold_code_and_regular_expressions_hold_none() {
        assert_eq!(shown("`a ${b + 'c'} d`"), "s:`a m:${ o:+ s:'c' m:} s:d`");
        assert_eq!(shown("/ab+[c-d]$/gi.test(x)"), "r:/ab+[c-d]$/gi d:. f:test d:( d:)");
    }

    #[test]
    fn runs_are_in_order_and_stay_on_their_line() {
        let code = "/* one\n   two */\n\nlet x = `a\nb`;\n";
        let runs = highlight(code, "js");
        assert_eq!(shown(code), "c:/* one c:two */ k:let o:= s:`a s:b` d:;");
        assert!(runs.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start));
    }

    #[test]
    fn code_that_runs_is_never_marked_invalid_and_unknown_languages_are_plain() {
        assert_eq!(
            shown("class A {\n  static { this.x = 1; }\n}\n"),
            "k:class t:A d:{ k:static d:{ v:this d:. p:x o:= n:1 d:; } d:}"
        );
        assert!(highlight("let x = 1", "no-such-language").is_empty());
        assert!(highlight("let x = 1", "").is_empty());
        for language in ["js", "javascript", "mjs", "cjs", "node"] {
            assert_eq!(highlight("x?.y ?? 1_0n", language), highlight("x?.y ?? 1_0n", "js"), "{language}");
        }
    }
}
