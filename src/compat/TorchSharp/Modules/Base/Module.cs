namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// The base of every module: a named holder of parameters, buffers and child modules.
        /// A module owns what is registered with it: registered tensors leave the current dispose scope and live until the module is disposed or collected.
        /// </summary>
        public partial class Module : IDisposable
        {
            /// <summary>The name that <see cref="GetName"/> reports.</summary>
            protected string? name;

            private bool _training = true;

            /// <param name="name">A name for messages; upstream's convention is the class name.</param>
            protected Module(string name) => this.name = name;

            /// <summary>The name given at construction.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>True (the initial state) while dropout drops and batch norm uses the batch's own statistics.</summary>
            public virtual bool training => _training;

            /// <summary>Switches this module and all below it to training, or with false to evaluation.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            /// <summary>Switches this module and all below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> on every module below this one, children first, then on this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _internal_submodules) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Forgets the gradients of all parameters, or with <paramref name="set_to_none"/> false fills them with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            /// <summary>Frees the parameters, buffers and children of this module.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees what this module owns; override to free more.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (buffer, _) in _internal_buffers.Values) buffer.Dispose();
                foreach (var parameter in _internal_params.Values) parameter.Dispose();
                foreach (var child in _internal_submodules.Values) child.Dispose();
            }
        }
    }
}
