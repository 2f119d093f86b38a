using Pilotage;
using Pilotage.Environments;
using Pilotage.Lab.Improvement;
using Pilotage.Policies;

// Today's rule: once stock and orders under way fall to 40 pieces, order crates up to 80.
var rule = new RulePolicy((seen, _) => seen[0] + seen[1] is var pieces and <= 40 ? (int)(80 - pieces) / 12 : 0);
return Improve.Main<Shop>(rule, args);

// Each evening a shop orders 0 to 6 crates of 12 pieces, which come the next evening; Saturdays sell three times as much as Mondays.
struct Shop : IEnvironment
{
    private static ReadOnlySpan<int> Demand => [10, 10, 11, 13, 20, 32, 4];                 // mean pieces, Monday to Sunday
    private int _stock, _tomorrow, _day;

    public static EnvironmentSpec Describe() => new()
    {
        Name = "Shop", ObservationSize = 3, ObservationNames = ["stock", "under way", "weekday"],
        Actions = new ActionSpace.Discrete(7), TimeLimit = 91, RewardUnit = "euro",
    };

    public void Reset(Frame first, ref Randomness random)
    {
        (_stock, _tomorrow, _day) = (random.NextInt(60), 0, random.NextInt(7));
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        _day = (_day + 1) % 7;
        var wanted = Math.Max(0, (int)Math.Round(Demand[_day] + Math.Sqrt(Demand[_day]) * random.NextNormal()));
        var sold = Math.Min(_stock, wanted);
        (_stock, _tomorrow) = (_stock - sold + _tomorrow, 12 * action.Index);
        Show(next);
        return new(2 * sold - 0.1f * _stock - (action.Index > 0 ? 12 : 0) - (wanted - sold));  // margin, holding, delivery, customers sent away
    }

    private readonly void Show(Frame frame) => (frame.Observation[0], frame.Observation[1], frame.Observation[2]) = (_stock, _tomorrow, _day);
}
