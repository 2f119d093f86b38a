using Pilotage.Evaluation;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Sums where the learners of one trial spent their time.</summary>
internal sealed class TrialClock
{
    private double _environment, _act, _learn;
    private long _steps;

    /// <summary>Adds a learner that has finished.</summary>
    public void Add(ILearner learner)
    {
        var timing = learner.Timing;
        (_environment, _act, _learn, _steps) = (_environment + timing.Environment, _act + timing.Act, _learn + timing.Learn, _steps + learner.Steps);
    }

    /// <summary>The sums.</summary>
    public IEnumerable<Measurement> Measurements() =>
        [Measurement.Timing("environment", _environment), Measurement.Timing("act", _act), Measurement.Timing("learn", _learn), Measurement.Timing("steps", _steps)];
}
