"""An office of real size, in bulk: stories made up as steps, and the rows those steps leave.

``stories`` and ``times`` make up what people do, as ``steps``; the module of each service turns
steps into rows, as the actions would; ``bulk`` writes them. A test replays a story of every course
by the actions themselves, so that the two cannot drift apart.
"""
