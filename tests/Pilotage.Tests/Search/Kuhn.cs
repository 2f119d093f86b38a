using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>Kuhn's poker: three cards, one each, an ante of 1. Action 0 checks or folds, 1 bets or calls 1.</summary>
internal struct Kuhn(int own, int other) : IPosition<Kuhn>
{
    private int _history = 1;                            // a leading 1, then one bit per action
    private int _first = own, _second = other;           // 0 jack, 1 queen, 2 king

    public readonly int Players => 2;

    public readonly int ActionLimit => 2;

    public readonly int Player => _history is 1 or 0b101 ? 0 : 1;

    public readonly bool IsOver => _history is 0b100 or 0b110 or 0b111 or 0b1010 or 0b1011;

    public readonly int Card(int player) => player == 0 ? _first : _second;

    public void Deal(int observer, int card)
    {
        if (observer == 0) _second = card;
        else _first = card;
    }

    public readonly int ListLegal(Span<int> actions)
    {
        (actions[0], actions[1]) = (0, 1);
        return 2;
    }

    public void Play(int action, ref Randomness random) => _history = _history << 1 | action;

    public readonly void Score(Span<double> returns)
    {
        var showdown = _first > _second ? 1 : -1;
        returns[0] = _history switch
        {
            0b100 => showdown,                           // check, check
            0b110 => 1,                                  // bet, fold
            0b111 or 0b1011 => 2 * showdown,             // called
            _ => -1,                                     // check, bet, fold
        };
        returns[1] = -returns[0];
    }

    public readonly void CopyTo(ref Kuhn other) => other = this;

    /// <summary>The other's card is either of the two that the observer does not hold.</summary>
    internal sealed class Unseen : IDeterminization<Kuhn>
    {
        public void Sample(in Kuhn position, int observer, ref Kuhn sample, ref Randomness random)
        {
            sample = position;
            sample.Deal(observer, (position.Card(observer) + 1 + random.NextInt(2)) % 3);
        }
    }
}
