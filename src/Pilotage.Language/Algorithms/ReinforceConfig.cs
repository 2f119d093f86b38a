using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="Reinforce"/>. arXiv:2402.14740, section 3.</summary>
[Settings]
public sealed partial record ReinforceConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();
}
