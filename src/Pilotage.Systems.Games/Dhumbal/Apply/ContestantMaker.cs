using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Makes the players of a game file: reads kept policies, trains learners under the file's rules and keeps them.</summary>
/// <param name="config">Settings of searches and learners.</param>
/// <param name="rules">House rules.</param>
/// <param name="device">Where networks are computed.</param>
internal sealed class ContestantMaker(DhumbalConfig config, HouseRules rules, Device device)
{
    /// <summary>The kind of a plan whose player is trained.</summary>
    public const string Learning = "train";

    /// <summary>Files written, relative to the output folder.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Makes a player that need not be trained.</summary>
    /// <param name="plan">As read; not <see cref="Learning"/>.</param>
    /// <exception cref="UserMistakeException">A kept policy cannot be used here.</exception>
    public Contestant Make(ContestantPlan plan)
    {
        var settings = plan.Settings;
        return new(settings.Name, plan.Kind switch
        {
            "style" => new StyleAgent(settings.Style),
            "search" => new SearchAgent(settings.Search.Iterations * settings.Search.Determinizations, settings.Search.Exploration, settings.RulePlayouts ? new StyleAgent(PlayStyle.Aggressive) : null),
            "policy" => Load(settings.Policy ?? "", rules, device),
            _ => AgentNames.Create(settings.Name, config.Search),
        });
    }

    /// <summary>Reads a kept policy as a player.</summary>
    /// <exception cref="UserMistakeException">There is none, or it was made for other rules.</exception>
    public static PolicyAgent Load(string path, HouseRules rules, Device? device)
    {
        var options = new SeatOptions { Rules = rules };
        return new(PolicyFile.Load(path, options.Describe(), device), options);
    }

    /// <summary>Trains a player.</summary>
    /// <param name="settings">Which learner.</param>
    /// <param name="seeds">Of this player alone.</param>
    /// <param name="cancellation">Looked at while training.</param>
    /// <returns>A <see cref="PolicyParcel"/>.</returns>
    public byte[] Train(ContestantSettings settings, SeedTree seeds, CancellationToken cancellation)
    {
        var options = new SeatOptions { Rules = rules };
        var learner = settings.Train == AgentNames.Dqn
            ? SeatTraining.Dqn(config.Dqn, options, seeds, device, cancellation)
            : SeatTraining.Ppo(config.Ppo, options, seeds, device, cancellation);
        return PolicyParcel.Pack(learner.Policy, options.Describe());
    }

    /// <summary>Keeps a trained player's policy and seats it.</summary>
    /// <param name="settings">The player.</param>
    /// <param name="parcel">From <see cref="Train"/>.</param>
    /// <param name="folder">Where trained policies are kept.</param>
    public Contestant Keep(ContestantSettings settings, byte[] parcel, string folder)
    {
        var options = new SeatOptions { Rules = rules };
        var policy = PolicyParcel.Unpack(parcel, options.Describe(), device);
        var name = $"policy-{string.Concat(settings.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))}";
        PolicyFile.Save(policy, options.Describe(), Path.Combine(folder, name));
        Files.Add(name);
        return new(settings.Name, new PolicyAgent(policy, options));
    }
}
