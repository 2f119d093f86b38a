using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="Rloo"/>. arXiv:2402.14740.</summary>
[Settings]
public sealed partial record RlooConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();
}
