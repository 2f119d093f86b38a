namespace Pilotage.Tensors.Operators;

/// <summary>An operator of the managed backend: how much memory it takes, its values, its gradient. One object for all calls; it has no state.</summary>
internal abstract class ManagedOperator
{
    /// <summary>Memory besides the output, from shapes and settings alone: the estimate of a step adds these up before any step is run.</summary>
    public abstract OperatorMemory Memory(in OperatorCall call);

    /// <summary>Writes every element of <see cref="OperatorCall.Value"/>.</summary>
    public abstract void Forward(in OperatorCall call);

    /// <summary>Adds to the gradients of the inputs that need one.</summary>
    public abstract void Backward(in OperatorCall call);
}
