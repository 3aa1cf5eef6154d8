"""Our AMQP 1.0 broker, for development and for vendors who test against us.

It stores before it accepts. proton speaks AMQP; what is before AMQP, TLS and the password, is
Python's own and ours, so that passwords can be kept hashed and no SASL library is needed.
"""
