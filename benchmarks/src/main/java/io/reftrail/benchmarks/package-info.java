/**
 * The programs of {@code benchmarks/run}, and what they share: {@code Benchmark} runs a program, {@code Rounds} compares
 * contenders, {@code Table} prints, {@code PostgreSql}, {@code StubBackend}, {@code Site} and {@code LoadGenerator} are the
 * servers and the load. Programs of several classes have a package of their own.
 */
@NullMarked
package io.reftrail.benchmarks;

import org.jspecify.annotations.NullMarked;
