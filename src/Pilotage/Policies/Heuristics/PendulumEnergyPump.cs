using Pilotage.Environments;

namespace Pilotage.Policies.Heuristics;

/// <summary>Swings the pendulum up by steering its energy to that of standing upright, then catches it with proportional-derivative control.</summary>
/// <remarks>
/// The energy idea is Astrom and Furuta's (Automatica 36, 2000). Energy per unit: velocity^2 / 6 + 5 cosine, from mass 1 kg, length 1 m and gravity
/// 10 m/s^2. Mean return -149 over 100 evaluation episodes. Gains were set on validation seeds.
/// </remarks>
public sealed class PendulumEnergyPump : IPolicy
{
    private const float UprightEnergy = 5;              // at rest, upright
    private const float CatchCosine = 0.9f;             // within 26 degrees the motor can nearly carry the weight
    private const float CatchSpeed = 4;                 // rad/s; faster passes are pumped on
    private const float AngleGain = 15;                 // N m / rad; above the 5 that gravity takes
    private const float VelocityGain = 3;               // N m s / rad
    private const float EnergyGain = 10;                // steep: full torque until the energy nearly fits
    private const float MaximumTorque = 2;              // N m

    private static readonly RulePolicy Rule = new((observation, values) =>
    {
        var (cosine, sine, velocity) = (observation[0], observation[1], observation[2]);
        var torque = cosine > CatchCosine && Math.Abs(velocity) < CatchSpeed
            ? -(AngleGain * sine + VelocityGain * velocity)
            : EnergyGain * (UprightEnergy - velocity * velocity / 6 - UprightEnergy * cosine) * (velocity >= 0 ? 1 : -1);
        values[0] = Math.Clamp(torque, -MaximumTorque, MaximumTorque);
    });

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
