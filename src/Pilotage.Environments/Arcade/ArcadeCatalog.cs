using Pilotage.Policies;

namespace Pilotage.Environments.Arcade;

/// <summary>Small arcade games on a screen of ten by ten cells, after MinAtar: v0 with all six actions, v1 with those that do something.</summary>
public static class ArcadeCatalog
{
    /// <summary>Steps after which an episode is truncated.</summary>
    internal const int Limit = 10_000;

    /// <summary>All games, in the order in which they are listed.</summary>
    public static IReadOnlyList<EnvironmentEntry> All { get; } =
    [
        .. Both(
            "Break bricks with a ball and a paddle", Breakout.Describe(), hasFewActions => new Breakout(hasFewActions), Breakout.FewActions.ToArray(),
            ArcadeRules.FollowBall, "Brings the paddle to where the ball will come down"),
        .. Both(
            "Shoot aliens and dodge their bullets", SpaceInvaders.Describe(), hasFewActions => new SpaceInvaders(hasFewActions), SpaceInvaders.FewActions.ToArray(),
            ArcadeRules.ShootAndDodge, "Dodges the nearest bullet, else shoots under aliens, else goes there"),
    ];

    private static IEnumerable<EnvironmentEntry> Both<T>(string summary, EnvironmentSpec spec, Func<bool, T> make, Button[] few, ArcadeRule rule, string heuristic)
        where T : struct, IEnvironment
    {
        var fewer = spec with { Name = spec.Name.Replace("-v0", "-v1", StringComparison.Ordinal), Actions = new ActionSpace.Discrete(few.Length) };
        yield return new(
            $"{summary}, all six buttons", spec, (rows, seeds) => new VectorEnvironment<T>(Instances(rows, () => make(false)), seeds, spec),
            () => new RulePolicy((observation, _) => (int)rule(observation)), heuristic);
        yield return new(
            summary, fewer, (rows, seeds) => new VectorEnvironment<T>(Instances(rows, () => make(true)), seeds, fewer),
            () => new RulePolicy((observation, _) => Array.IndexOf(few, rule(observation))), heuristic);
    }

    private static T[] Instances<T>(int rows, Func<T> make)
    {
        var instances = new T[rows];
        foreach (ref var instance in instances.AsSpan()) instance = make();
        return instances;
    }
}
