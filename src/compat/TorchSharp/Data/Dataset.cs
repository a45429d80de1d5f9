namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        /// <summary>Data sets and loaders that cut them into batches.</summary>
        public static partial class data
        {
            /// <summary>Items with a tensor for each of several names.</summary>
            public abstract class Dataset : Dataset<Dictionary<string, Tensor>>;

            /// <summary>Items of several tensors.</summary>
            public abstract class IterableDataset : Dataset<IList<Tensor>>;

            /// <summary>A known number of items, each found by its position; workers ask for several of them at once.</summary>
            public abstract class Dataset<T> : IDisposable
            {
                /// <summary>How many items there are.</summary>
                public abstract long Count { get; }

                /// <summary>The item at a position. Tensors that are made for it are freed once it is part of a batch.</summary>
                public abstract T GetTensor(long index);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                /// <summary>Frees what the data set owns.</summary>
                protected virtual void Dispose(bool disposing) { }
            }
        }
    }
}
