namespace Pilotage.Training;

/// <summary>Named tensors that stand in one file or in several.</summary>
public interface IWeightSource
{
    /// <summary>Where it is, for messages.</summary>
    string Path { get; }

    /// <summary>What there is.</summary>
    IReadOnlyList<SafeTensor> Tensors { get; }

    /// <summary>Copies a tensor of floats.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">As long as the tensor has elements; filled row-major.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="InvalidDataException">The tensor's type cannot be read as floats, or it has more elements than a span.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed of.</exception>
    void Read(string name, Span<float> destination);
}
