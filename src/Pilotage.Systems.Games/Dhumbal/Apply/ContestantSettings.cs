using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A player of a game file. With a name alone it is a built-in one; else one of style, search, policy or train says what it is.</summary>
[Settings]
public sealed partial record ContestantSettings
{
    /// <summary>Its name in the tables; of a built-in player if nothing else is given.</summary>
    public string Name { get; init; } = "";

    /// <summary>The parameters of a rule.</summary>
    public PlayStyle Style { get; init; } = new();

    /// <summary>A player that searches.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Whether a search plays on by the aggressive rule, instead of at random.</summary>
    public bool RulePlayouts { get; init; } = true;

    /// <summary>Folder of a policy that an earlier apply kept.</summary>
    public string? Policy { get; init; }

    /// <summary>A learner to be trained under these house rules: ppo or dqn.</summary>
    [AllowedValues("ppo", "dqn")]
    public string? Train { get; init; }
}
