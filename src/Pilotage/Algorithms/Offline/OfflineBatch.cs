using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>Transitions drawn from a dataset, side by side. Owns its memory, made once.</summary>
public sealed class OfflineBatch
{
    private readonly TransitionDataset _dataset;
    private readonly int[] _usable;
    private readonly float _discount;
    private readonly int _observationSize;

    /// <summary>Makes room.</summary>
    /// <param name="dataset">Of one discrete choice of actions.</param>
    /// <param name="size">M, transitions per batch, at least 1.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="needsNextAction">Whether steps without a known next action are left out, unless the episode terminated there.</param>
    /// <exception cref="UserMistakeException">The actions are not one discrete choice (PIL1301), or no step is left (PIL1302).</exception>
    public OfflineBatch(TransitionDataset dataset, int size, double discount, bool needsNextAction = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var spec = dataset.Spec;
        ActionCount = ActionsOf(spec);
        (_dataset, _discount, _observationSize, Size) = (dataset, (float)discount, spec.ObservationSize, size);
        _usable = [.. Enumerable.Range(0, dataset.Count).Where(step => !needsNextAction || dataset.Following(step) >= 0 || dataset.EndOf(step) == End.Terminated)];
        if (_usable.Length == 0)
            throw new UserMistakeException(new Mistake("PIL1302", $"None of the {dataset.Count} steps of {spec.Name} tells what was done next: every episode has one step and was cut off behind it.", "", "Give whole episodes, or take an algorithm that needs no next action, such as dqn.").ToString());
        var masked = spec.Actions.LegalCount;
        Steps = new int[size];
        (Observations, NextObservations) = (new float[size * _observationSize], new float[size * _observationSize]);
        (Legal, NextLegal) = (new bool[size * masked], new bool[size * masked]);
        (Actions, NextActions) = (new int[size], new int[size]);
        (Rewards, Discounts) = (new float[size], new float[size]);
    }

    /// <summary>M, transitions per batch.</summary>
    public int Size { get; }

    /// <summary>Number of actions (A).</summary>
    public int ActionCount { get; }

    /// <summary>Bytes held.</summary>
    public long Bytes => 4L * (2 * Observations.Length + 5 * Size + _usable.Length) + 2L * Legal.Length;

    /// <summary>Where each stands in the dataset, [M].</summary>
    public int[] Steps { get; }

    /// <summary>Where each began, [M, size].</summary>
    public float[] Observations { get; }

    /// <summary>What was legal there, [M, A]; empty without mask.</summary>
    public bool[] Legal { get; }

    /// <summary>What was done, [M].</summary>
    public int[] Actions { get; }

    /// <summary>What it earned, [M].</summary>
    public float[] Rewards { get; }

    /// <summary>Factor of the next value, [M]: gamma, or 0 where the episode terminated.</summary>
    public float[] Discounts { get; }

    /// <summary>Where each led, [M, size]: at an episode's end its true final frame.</summary>
    public float[] NextObservations { get; }

    /// <summary>What is legal there, [M, A]; empty without mask. Where the episode terminated nothing is read: all true.</summary>
    public bool[] NextLegal { get; }

    /// <summary>What was done next, [M]; -1 where nobody knows, which is read nowhere but behind a termination.</summary>
    public int[] NextActions { get; }

    /// <summary>Draws steps uniformly with replacement.</summary>
    /// <param name="random">Draws the places.</param>
    public void Draw(ref Randomness random)
    {
        for (var i = 0; i < Size; i++) Read(i, _usable[random.NextInt(_usable.Length)]);
    }

    /// <summary>The observations in the open step.</summary>
    /// <returns>[M, size].</returns>
    public Tensor ObservationTensor() => Tensor.From(Observations, Size, _observationSize);

    /// <summary>The actions in the open step.</summary>
    /// <returns>[M].</returns>
    public Indices ActionTensor() => Indices.From(Actions, Size);

    /// <summary>The legal actions in the open step.</summary>
    /// <returns>[M, A]; default without mask.</returns>
    public Mask LegalTensor() => Legal.Length == 0 ? default : Mask.From(Legal, Size, ActionCount);

    /// <summary>The number of actions.</summary>
    /// <exception cref="UserMistakeException">They are not one discrete choice (PIL1301).</exception>
    internal static int ActionsOf(EnvironmentSpec spec) => spec.Actions is ActionSpace.Discrete discrete
        ? discrete.Count
        : throw new UserMistakeException(new Mistake(
            "PIL1301", $"The actions of {spec.Name} are not one discrete choice, which the offline algorithms need.", "", "Give a data set of discrete actions, or sort its actions into bins first.").ToString());

    private void Read(int i, int step)
    {
        var steps = _dataset.Steps;
        var (next, isTerminal) = (_dataset.Following(step), _dataset.EndOf(step) == End.Terminated);
        Steps[i] = step;
        steps.Observation(step).CopyTo(Observations.AsSpan(i * _observationSize));
        _dataset.NextObservation(step).CopyTo(NextObservations.AsSpan(i * _observationSize));
        Actions[i] = steps.ActionIndices[step];
        NextActions[i] = next < 0 ? -1 : steps.ActionIndices[next];
        Rewards[i] = steps.Rewards[step];
        Discounts[i] = isTerminal ? 0 : _discount;
        if (Legal.Length == 0) return;
        steps.LegalOf(step).CopyTo(Legal.AsSpan(i * ActionCount));
        if (isTerminal) NextLegal.AsSpan(i * ActionCount, ActionCount).Fill(true);
        else _dataset.NextLegal(step).CopyTo(NextLegal.AsSpan(i * ActionCount));
    }
}
