package io.reftrail.model;

/**
 * The exception for a defect of Reftrail itself or of the Java platform, for example a security provider that lacks an algorithm.
 * The message names the defect and contains no personal data, so it is logged, unlike the messages of other exceptions.
 */
public final class DefectException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message must be a constant text. */
    public DefectException(String message, Throwable cause) {
        super(message, cause);
    }
}
