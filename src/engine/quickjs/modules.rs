//! ES modules: found and loaded through the runtime layer, which owns the virtual files.

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Function, Module, Object, Value};

use crate::engine::quickjs::realm::Layer;

/// Finds and loads ES modules through the runtime layer, which owns the virtual files.
pub struct Modules(pub Layer);

impl Modules {
    fn layer<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
        self.0.borrow().clone().ok_or(Error::Unknown)?.restore(ctx)
    }
}

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        let resolve: Function = self.layer(ctx)?.get("resolve")?;
        let Some(attributes) = attributes else { return resolve.call((name, base)) };
        let plain = Object::new(ctx.clone())?;
        for key in attributes.keys() {
            let key = key?;
            plain.set(key.as_str(), attributes.get(&key)?)?;
        }
        resolve.call((name, base, plain))
    }
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _attributes: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        declare(ctx, &self.layer(ctx)?, name)
    }
}

pub fn declare<'js>(
    ctx: &Ctx<'js>,
    layer: &Object<'js>,
    path: &str,
) -> rquickjs::Result<Module<'js, Declared>> {
    let source: Function = layer.get("moduleSource")?;
    let source: String = source.call((path,))?;
    let module = Module::declare(ctx.clone(), path, source)?;
    let meta: Function = layer.get("initMeta")?;
    let () = meta.call((module.meta()?, path))?;
    Ok(module)
}

/// Evaluates a module of the runtime layer now: its promise and its namespace.
pub fn evaluate_module<'js>(ctx: Ctx<'js>, source: String) -> rquickjs::Result<Value<'js>> {
    let (module, promise) = Module::declare(ctx.clone(), "galley:require", source)?.eval()?;
    let both = rquickjs::Array::new(ctx)?;
    both.set(0, promise)?;
    both.set(1, module.namespace()?)?;
    Ok(both.into_value())
}
