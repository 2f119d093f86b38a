using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Settings of <see cref="Rover"/>. Defaults: arXiv:2509.24981 and its released code for countdown, at the size of the laboratory.</summary>
[Settings]
public sealed partial record RoverLearnerConfig : ISettingsRules
{
    /// <summary>What is drawn and how it is descended. With one update a step the method is the policy gradient with the group's mean as baseline; the paper has four.</summary>
    public GroupBatchConfig Batch { get; init; } = new() { Minibatches = 4 };

    /// <summary>Temperature (rho): how much reward one unit of log ratio stands for. 0.001 is unstable in the paper, 3 slow. Usual 1.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 1;

    /// <summary>Weight of the successor's value in the target (beta). 0 regresses on the reward alone and loses diversity, 5 hurts; 0.2 to 1 are alike in the paper.</summary>
    [Range(0.0, 100.0)]
    public double SuccessorWeight { get; init; } = 1;

    /// <summary>Ratios outside 1 -+ this have no gradient where their target lies further outside (epsilon). 0: no clip, the paper's default.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double ClipRadius { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Batch.GroupSize == 1) yield return "batch.groupSize = 1: alone, an answer's centred reward is 0 and there is nothing to learn. Use at least 2, for example 8.";
    }
}
