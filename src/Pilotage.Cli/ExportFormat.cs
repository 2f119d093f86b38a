namespace Pilotage.Cli;

/// <summary>What <c>pilotage export</c> writes.</summary>
internal enum ExportFormat
{
    /// <summary><c>policy.json</c> and <c>policy.safetensors</c>, which this library reads back.</summary>
    Safetensors,

    /// <summary><c>policy.onnx</c>, for runtimes in other languages.</summary>
    Onnx,

    /// <summary>A store on a disk that MLflow opens.</summary>
    Mlflow,

    /// <summary>Tables of comma-separated values.</summary>
    Csv,

    /// <summary>The same tables in Apache Parquet.</summary>
    Parquet,
}
