using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Settings of the system Symphony: the learner, what it is compared with, and on which tasks. Laptop sizes; paper scale puts the published sizes in their place.</summary>
[Settings]
public sealed partial record SymphonyStudyConfig : ISettingsRules
{
    /// <summary>The learner, in the study and in apply. Small where the paper's is large: a sixth of the width, a tenth of the exploration.</summary>
    public SymphonyConfig Method { get; init; } = new() { Steps = 20_000, Hidden = 64, ExplorationSteps = 1024, Repeats = 20, LearningRate = 1e-3 };

    /// <summary>Soft actor-critic on the pendulum: the library's own settings for it, as wide as Symphony.</summary>
    public SacConfig PendulumSac { get; init; } = new() { Capacity = 20_000, BatchSize = 128, LearningStarts = 100, LearningRate = 1e-3, Hidden = [64, 64] };

    /// <summary>Soft actor-critic on the walking task, as wide as Symphony.</summary>
    public SacConfig WalkerSac { get; init; } = new() { Capacity = 100_000, BatchSize = 128, LearningStarts = 1024, LearningRate = 1e-3, Hidden = [64, 64] };

    /// <summary>TD3 on the pendulum: the library's own settings for it, as wide as Symphony, exploring as long.</summary>
    public Td3Config PendulumTd3 { get; init; } = new() { Capacity = 20_000, BatchSize = 128, LearningStarts = 1024, LearningRate = 1e-3, Hidden = [64, 64] };

    /// <summary>TD3 on the walking task, as wide as Symphony, exploring as long.</summary>
    public Td3Config WalkerTd3 { get; init; } = new() { Capacity = 100_000, BatchSize = 128, LearningStarts = 1024, LearningRate = 1e-3, Hidden = [64, 64] };

    /// <summary>Environment steps on Pendulum-v1, exploration included. Paper scale takes ten times as many.</summary>
    [Range(100, 100_000_000)]
    public int PendulumSteps { get; init; } = 8_000;

    /// <summary>The MuJoCo task of the study; it needs --data. HalfCheetah-v4 never ends early, Hopper-v4 does.</summary>
    [AllowedValues("HalfCheetah-v4", "Hopper-v4", "Walker2d-v4", "Humanoid-v4")]
    public string Walker { get; init; } = "HalfCheetah-v4";

    /// <summary>Environment steps on the MuJoCo task. Paper scale takes 500,000.</summary>
    [Range(100, 100_000_000)]
    public int WalkerSteps { get; init; } = 8_000;

    /// <summary>Whether the MuJoCo task sees all ablations too. Off: those that claims speak of, without swaddling and uniform draws.</summary>
    public bool AblateWalker { get; init; }

    /// <summary>Tests in the course of a training, at equal distances; the last ten, or all of fewer, make the final figures.</summary>
    [Range(1, 1000)]
    public int Tests { get; init; } = 20;

    /// <summary>Episodes of each test, without noise.</summary>
    [Range(1, 1000)]
    public int TestEpisodes { get; init; } = 2;

    /// <summary>Apply: episodes of the final comparison.</summary>
    [Range(2, 100_000)]
    public int ApplyEpisodes { get; init; } = 50;

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => Method.Problems();
}
