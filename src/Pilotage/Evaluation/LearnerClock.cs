using Pilotage.Training;

namespace Pilotage.Evaluation;

/// <summary>Sums where the learners of one trial spent their time.</summary>
public sealed class LearnerClock
{
    private double _environment, _act, _learn;
    private long _steps;

    /// <summary>Adds a learner that is done.</summary>
    /// <param name="learner">Each once.</param>
    /// <returns>This clock.</returns>
    public LearnerClock Add(ILearner learner)
    {
        var timing = learner.Timing;
        (_environment, _act, _learn, _steps) = (_environment + timing.Environment, _act + timing.Act, _learn + timing.Learn, _steps + learner.Steps);
        return this;
    }

    /// <summary>The sums: seconds of environment, acting and learning, and steps.</summary>
    /// <returns>Four timings, for the trial to report.</returns>
    public IReadOnlyList<Measurement> Measurements() =>
        [Measurement.Timing("environment", _environment), Measurement.Timing("act", _act), Measurement.Timing("learn", _learn), Measurement.Timing("steps", _steps)];
}
