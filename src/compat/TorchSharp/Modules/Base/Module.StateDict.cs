namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// The module's parameters and persistent buffers by dotted name, in PyTorch's order. The tensors are the module's own, not copies.
            /// </summary>
            /// <param name="destination">Where to add them; a new dictionary where null.</param>
            /// <param name="prefix">Put before each name with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string Key(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
                foreach (var (name, parameter) in named_parameters(recurse: false)) destination.TryAdd(Key(name), parameter);
                foreach (var (name, buffer) in named_buffers(recurse: false, include_nonpersistent: false)) destination.TryAdd(Key(name), buffer);
                foreach (var (name, child) in named_children()) child.state_dict(destination, Key(name));
                return destination;
            }

            /// <summary>
            /// Copies tensors into the module's parameters and buffers of the same name, converting type and device. Nothing is copied where anything does not fit.
            /// </summary>
            /// <param name="source">Tensors by dotted name.</param>
            /// <param name="strict">Refuse missing and unexpected names.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <exception cref="InvalidOperationException">A name is missing or unexpected, and <paramref name="strict"/>.</exception>
            /// <exception cref="ArgumentException">A tensor has another shape.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var skipped = skip is null ? [] : new HashSet<string>(skip);
                var destination = state_dict();
                var missing = destination.Keys.Where(key => !skipped.Contains(key) && !source.ContainsKey(key)).ToList();
                var unexpected = source.Keys.Where(key => !skipped.Contains(key) && !destination.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException($"The state dictionary does not fit {GetName()}: missing {Listed(missing)}; unexpected {Listed(unexpected)}. Pass strict: false to load what fits.");

                var copies = source.Where(pair => !skipped.Contains(pair.Key) && destination.ContainsKey(pair.Key)).ToList();
                foreach (var (key, tensor) in copies)
                {
                    var own = destination[key].shape;
                    if (!own.AsSpan().SequenceEqual(tensor.shape))
                        throw new ArgumentException($"The state dictionary does not fit {GetName()}: '{key}' has shape [{string.Join(", ", tensor.shape)}], the module has [{string.Join(", ", own)}].", nameof(source));
                }

                using var _ = no_grad();
                foreach (var (key, tensor) in copies) destination[key].copy_(tensor);
                return (missing, unexpected);
            }

            private static string Listed(List<string> names)
            {
                const int shown = 5;
                if (names.Count == 0) return "nothing";
                var some = string.Join(", ", names.Take(shown).Select(name => $"'{name}'"));
                return names.Count > shown ? $"{some} and {names.Count - shown} more" : some;
            }
        }
    }
}
