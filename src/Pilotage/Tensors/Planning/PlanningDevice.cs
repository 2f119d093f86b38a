namespace Pilotage.Tensors.Planning;

/// <summary>A device that computes nothing and counts the memory that the managed device would take. All numbers that are read from it are 0.</summary>
internal sealed class PlanningDevice : Device
{
    private readonly List<PlanningTape> _tapes = [];

    public override string Name => "plan";

    /// <summary>Bytes of all steps, the nested ones included.</summary>
    public long Bytes => _tapes.Sum(tape => tape.Bytes);

    internal override Tape CreateTape()
    {
        var tape = new PlanningTape();
        _tapes.Add(tape);
        return tape;
    }
}
