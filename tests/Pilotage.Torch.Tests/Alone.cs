using Xunit;

namespace Pilotage.Torch.Tests;

/// <summary>Tests that count this process's native tensors; no other test may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "alone";
}
