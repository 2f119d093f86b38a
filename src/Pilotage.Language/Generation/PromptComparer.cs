using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Pilotage.Language.Generation;

/// <summary>Prompts are the same when their tokens are.</summary>
internal sealed class PromptComparer : IEqualityComparer<ReadOnlyMemory<int>>
{
    public static PromptComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<int> x, ReadOnlyMemory<int> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<int> prompt)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(prompt.Span));
        return hash.ToHashCode();
    }
}
