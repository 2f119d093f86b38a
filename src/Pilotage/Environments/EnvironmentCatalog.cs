using Pilotage.Environments.ClassicControl;
using Pilotage.Policies;
using Pilotage.Policies.Heuristics;
using Pilotage.Settings;

namespace Pilotage.Environments;

/// <summary>The environments that this library brings, by the names that the field uses for them.</summary>
public static class EnvironmentCatalog
{
    // The registered variant with the shorter limit and its own bar; the dynamics are the same.
    private static readonly EnvironmentSpec ShortCartPole = CartPole.Describe() with { Name = "CartPole-v0", TimeLimit = 200, SolvedAt = 195 };

    /// <summary>All environments, in the order in which they are listed.</summary>
    public static IReadOnlyList<EnvironmentEntry> All { get; } =
    [
        Entry<CartPole>("Balance a pole on a cart by pushing it left or right", CartPole.Describe(), () => new CartPoleFeedback(), "Pushes towards where the pole falls, and a little towards where the cart runs"),
        Entry<CartPole>("CartPole with episodes of 200 steps", ShortCartPole, () => new CartPoleFeedback(), "Pushes towards where the pole falls, and a little towards where the cart runs"),
        Entry<MaskedVelocityCartPole>("CartPole that hides its velocities", MaskedVelocityCartPole.Describe(), () => new CartPoleReckoning(), "Reckons the velocities from the last positions and its own pushes"),
        Entry<FlickeringCartPole>("CartPole whose frames are blank half of the time", FlickeringCartPole.Describe(), () => new CartPoleReckoning(), "Reckons the state from the last frame seen and its own pushes"),
        Entry<Pendulum>("Swing up a pendulum with a weak motor and hold it upright", Pendulum.Describe(), () => new PendulumEnergyPump(), "Steers the energy to that of standing upright, then catches the pendulum"),
        Entry<Acrobot>("Swing the tip of a two-link arm above a line", Acrobot.Describe(), () => new AcrobotEnergyPump(), "Pushes along the second joint's motion"),
        Entry<MountainCar>("Rock a weak car out of a valley", MountainCar.Describe(), () => new MountainCarPump(), "Pushes the way the car already rolls"),
        Entry<MountainCarContinuous>("Rock a car out of a valley on little fuel", MountainCarContinuous.Describe(), () => new MountainCarContinuousPump(), "Pushes the way the car already rolls, with a modest throttle"),
    ];

    /// <summary>Finds an environment by its name; case does not count.</summary>
    /// <param name="name">As the user typed it.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="UserMistakeException">No environment has this name; the message holds the nearest one and all others.</exception>
    public static EnvironmentEntry Find(string name) => Find(name, All);

    /// <summary>Finds an environment among those of several libraries; case does not count.</summary>
    /// <param name="name">As the user typed it.</param>
    /// <param name="entries">To search in.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="UserMistakeException">No environment has this name; the message holds the nearest one and all others.</exception>
    public static EnvironmentEntry Find(string name, IReadOnlyList<EnvironmentEntry> entries)
    {
        foreach (var entry in entries) if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)) return entry;
        var meant = NearestName.Suggest(name, entries.Select(entry => entry.Name)) is { } nearest ? $"Did you mean {nearest}? " : "";
        throw new UserMistakeException(new Mistake("PIL0406", $"There is no environment \"{name}\".", "", $"{meant}Known: {string.Join(", ", entries.Select(entry => entry.Name))}.").ToString());
    }

    private static EnvironmentEntry Entry<T>(string summary, EnvironmentSpec spec, Func<IPolicy> createHeuristic, string heuristic) where T : struct, IEnvironment =>
        new(summary, spec, (rows, seeds) => new VectorEnvironment<T>(new T[rows], seeds, spec), createHeuristic, heuristic);
}
