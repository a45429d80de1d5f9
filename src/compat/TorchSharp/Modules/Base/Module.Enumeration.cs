using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters with their dotted names, own ones first; a shared parameter appears once, under its first name.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (name, parameter) in _internal_params)
                    if (seen.Add(parameter)) yield return (name, parameter);
                if (!recurse) yield break;
                foreach (var (childName, child) in _internal_submodules)
                    foreach (var (name, parameter) in child.named_parameters(true))
                        if (seen.Add(parameter)) yield return ($"{childName}.{name}", parameter);
            }

            /// <summary>The parameters of <see cref="named_parameters"/>.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);

            /// <summary>Buffers with their dotted names, own ones first.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (name, (tensor, persistent)) in _internal_buffers)
                    if ((persistent || include_nonpersistent) && seen.Add(tensor)) yield return (name, tensor);
                if (!recurse) yield break;
                foreach (var (childName, child) in _internal_submodules)
                    foreach (var (name, buffer) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer)) yield return ($"{childName}.{name}", buffer);
            }

            /// <summary>The buffers of <see cref="named_buffers"/>.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            /// <summary>The direct children with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules.Select(pair => (pair.Key, pair.Value));

            /// <summary>The direct children.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(pair => pair.module);

            /// <summary>All modules below this one with their dotted names; as upstream, without this one.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (childName, child) in named_children())
                    foreach (var (name, module) in child.named_modules()) yield return ($"{childName}.{name}", module);
            }

            /// <summary>The modules of <see cref="named_modules"/>.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            /// <summary>True where <see cref="get_parameter"/> finds one.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>True where <see cref="get_buffer"/> finds one.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The parameter of a dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                if (_internal_params.TryGetValue(target, out var parameter)) return parameter;
                return ChildOf(ref target)?.get_parameter(target);
            }

            /// <summary>The buffer of a dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                if (_internal_buffers.TryGetValue(target, out var buffer)) return buffer.Tensor;
                return ChildOf(ref target)?.get_buffer(target);
            }

            /// <summary>Cuts a dotted name at its first dot: finds the child before it and leaves the rest.</summary>
            private Module? ChildOf(ref string target)
            {
                var dot = target.IndexOf('.');
                if (dot < 0) return null;
                var child = target[..dot];
                target = target[(dot + 1)..];
                return named_children().FirstOrDefault(pair => pair.name == child).module;
            }
        }
    }
}
