using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private readonly OrderedDictionary<string, Module> _internal_submodules = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _internal_buffers = [];
            private readonly OrderedDictionary<string, Parameter> _internal_params = [];
            private bool _areComponentsRegistered;

            /// <summary>Registers a tensor that belongs to the module and is not trained; it is saved in <c>state_dict</c> unless <paramref name="persistent"/> is false.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null) throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                tensor.DetachFromDisposeScope();
                if (!_internal_buffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            /// <summary>Registers a trained tensor.</summary>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null) throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                param.DetachFromDisposeScope();
                if (!_internal_params.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            /// <summary>Registers a child module under a name without dots; null removes the child of that name.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }
                if (name.Contains('.')) throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (name.Length == 0) throw new ArgumentException("module name can't be empty string \"\"");
                submodule.RegisterComponents();
                if (!_internal_submodules.TryAdd(name, submodule))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
            }

            /// <summary>The same as <see cref="register_module"/>.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>
            /// Registers every field that holds a module, a parameter or another tensor (a buffer) under the field's name.
            /// A module calls it at the end of its constructor; a second call does nothing.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered) return;
                foreach (var field in InstanceFields(GetType()))
                {
                    var name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_internal_submodules.ContainsKey(name) || _internal_params.ContainsKey(name) || _internal_buffers.ContainsKey(name)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(name, module); break;
                        case Parameter parameter: register_parameter(name, parameter); break;
                        case Tensor tensor: register_buffer(name, tensor); break;
                    }
                }
                _areComponentsRegistered = true;
            }

            /// <summary>Registers a parameter, replaces the one of that name, or with null removes it.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _internal_params.Remove(name);
                else
                {
                    value.DetachFromDisposeScope();
                    _internal_params[name] = value;
                }
            }

            /// <summary>Registers a buffer, replaces the one of that name, or with null removes it.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _internal_buffers.Remove(name);
                else
                {
                    value.DetachFromDisposeScope();
                    _internal_buffers[name] = (value, persistent);
                }
            }

            /// <summary>Forgets the children, for containers that number them anew.</summary>
            protected void ClearModules() => _internal_submodules.Clear();

            /// <summary>The module's own parameters, also those that are registered twice, for containers of parameters.</summary>
            private protected OrderedDictionary<string, Parameter> OwnParameters => _internal_params;

            private static IEnumerable<FieldInfo> InstanceFields(Type? type)
            {
                const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                for (; type is not null && type != typeof(Module); type = type.BaseType)
                    foreach (var field in type.GetFields(declared)) yield return field;
            }
        }
    }
}
